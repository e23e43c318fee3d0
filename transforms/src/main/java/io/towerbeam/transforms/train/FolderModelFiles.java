package io.towerbeam.transforms.train;

import io.towerbeam.ml.models.ModelFiles;
import io.towerbeam.transforms.files.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A model's files on any of Beam's file systems.
 *
 * @param folder the model's folder
 */
public record FolderModelFiles(Folder folder) implements ModelFiles {
  @Override
  public void write(String name, Content content) throws IOException {
    folder.write(name, content::writeTo);
  }

  @Override
  public InputStream open(String name) throws IOException {
    return folder.open(name);
  }

  @Override
  public List<String> list(String name) throws IOException {
    return folder.folder(name).list("*");
  }

  @Override
  public void delete(String name) throws IOException {
    folder.delete(name);
  }
}
